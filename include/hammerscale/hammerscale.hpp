#pragma once

/// All of hammerscale::core that programs use.
#include "hammerscale/closure/bind.hpp"
#include "hammerscale/dataset/dataset.hpp"
#include "hammerscale/dataset/hdf5_files.hpp"
#include "hammerscale/dataset/run.hpp"
#include "hammerscale/dataset/session.hpp"
#include "hammerscale/dataset/words.hpp"
