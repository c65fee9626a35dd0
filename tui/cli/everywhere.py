"""Options with a value that the board and every command take, and what each says; read before anything is loaded."""

EVERYWHERE = {"--store": "store", "--lang": "lang", "--as": "acting"}
