"""How an article changed: when, and which sentences. Works on what the gate lets through, and reads no archive itself."""
