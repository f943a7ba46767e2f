#include "../comm/x.hpp"
