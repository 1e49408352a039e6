"""`python -m bot`: the same command as `klantvraag`."""

from bot.app import main

main()
