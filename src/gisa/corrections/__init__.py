"""What papers put right: a store that follows the change log, and the questions it answers."""
