-- the working database: what ingest has seen, so that a run touches only what changed
create schema if not exists staging;

-- grain: one input file as last read
create table if not exists staging.file (
    source_file varchar primary key,
    size bigint not null,
    mtime_ns bigint not null,
    fingerprint varchar not null, -- of the ingest code and its settings
    record_count bigint not null,
    refused_count bigint not null -- files and records refused whole
);

-- grain: one content, and the batch file that holds its row
create table if not exists staging.content (
    document_id varchar primary key,
    batch varchar not null,
    first_seen_at timestamptz not null
);

-- grain: one content in one file or record
create table if not exists staging.source (
    source_file varchar not null,
    record_number bigint not null,
    document_id varchar not null,
    external_id varchar,
    bytes_hash varchar not null,
    url varchar,
    publisher varchar,
    given_on date,
    first_seen_at timestamptz not null,
    last_seen_at timestamptz not null,
    is_present boolean not null,
    primary key (source_file, record_number, document_id)
);

-- grain: one row of the manifest in force
create table if not exists staging.manifest (
    source_file varchar primary key,
    url varchar,
    publisher varchar,
    published_on date
);

-- grain: one refusal in force
create table if not exists staging.rejected (
    stage varchar not null,
    object_id varchar not null,
    reason_code varchar not null,
    reason varchar not null,
    payload_excerpt varchar,
    run_id varchar not null,
    rejected_at timestamptz not null,
    source_file varchar, -- the file it stands in, where ingest refused it while reading
    primary key (stage, object_id, reason_code)
);

-- grain: one withdrawn content; it is never taken in again
create table if not exists staging.withdrawn (
    document_id varchar primary key,
    reason varchar not null,
    withdrawn_at timestamptz not null,
    incident_ids varchar[] not null, -- incidents it reported: their earlier states are forgotten
    is_erased boolean not null -- nothing of it is left anywhere
);

-- grain: one run
create table if not exists staging.run (
    run_id varchar primary key,
    started_at timestamptz not null,
    finished_at timestamptz,
    outcome varchar not null, -- running | published | unchanged | blocked | failed
    documents_in bigint,
    documents_new bigint,
    documents_quarantined bigint,
    incidents bigint,
    claims bigint
);
