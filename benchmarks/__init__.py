"""Speed and memory on generated corpora. Run by ``make bench``; nothing here is asserted on absolute time."""
