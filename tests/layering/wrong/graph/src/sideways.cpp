#include "hammerscale/mllib/model.hpp"
#include "hammerscale/graph/edge.hpp"
#include "hammerscale/dataset/dataset.hpp"
