"""Articles out of HTML pages: metadata, rules for each CMS, text. One page in, the fields of a draft out; no I/O."""
