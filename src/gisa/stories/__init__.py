"""Stories: articles that tell the same event in nearly the same words. See ``docs/stories.md``."""
