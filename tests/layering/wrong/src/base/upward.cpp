#include <vector>

#include "hammerscale/comm/channel.hpp"
#include "comm/private_channel.hpp"
