"""The archive for agents: seven tools of the Model Context Protocol over an open library. Needs ``gisa[agents]``."""
