-- Let nothing go to a chat for a while. After pace.lua. ARGV: chat, until.

set_pace(ARGV[1], math.max(pace(ARGV[1]), tonumber(ARGV[2])))
