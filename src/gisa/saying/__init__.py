"""What Gisa says to readers and to the desk: codes and their arguments → sentences in a language. Decides nothing.

``wording`` lists every sentence as a field, ``korean`` and ``english`` hold them, ``speaker`` fills them in.
"""
