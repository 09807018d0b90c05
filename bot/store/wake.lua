-- Let all that is put aside for a chat wait again. After outbox.lua. ARGV: chat.

wake(ARGV[1], math.huge)
