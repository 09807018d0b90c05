-- ARGV: old chat, old topic, new chat, new topic.

move(ARGV[1], ARGV[2], ARGV[3], ARGV[4])
