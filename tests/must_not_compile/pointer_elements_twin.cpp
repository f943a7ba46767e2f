#include <hammerscale/dataset/session.hpp>

auto addresses(hammerscale::Session& session) { return session.parallelize(std::vector<std::string>{"a"}); }
