#include "hammerscale/base/id.hpp"

void cancel_task(hammerscale::JobId job, hammerscale::StageId stage);

void cancel(hammerscale::JobId job, hammerscale::StageId stage) { cancel_task(job, stage); }
