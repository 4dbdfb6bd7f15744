"""What a run shows in the terminal: its own words. Dagster's event log keeps everything."""

import logging
import sys

import dagster as dg


class _OwnWords(logging.Formatter):
    """Time and message as the stage wrote it, without Dagster's run and step ids."""

    def format(self, record: logging.LogRecord) -> str:
        meta = getattr(record, "dagster_meta", None) or {}
        message = meta.get("orig_message") or record.getMessage()
        level = "" if record.levelno < logging.WARNING else f"{record.levelname.lower()}: "
        return f"{self.formatTime(record, '%H:%M:%S')} {level}{message}"


@dg.logger(config_schema={"level": dg.Field(str, default_value="INFO")}, description="Messages of the stages, nothing else.")
def terminal_logger(context: dg.InitLoggerContext) -> logging.Logger:
    logger = logging.Logger("conflict_news_warehouse", level=context.logger_config["level"])
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_OwnWords())
    logger.addHandler(handler)
    return logger
