#pragma once

#include <cstdint>

#include "hammerscale/comm/communicator.hpp"

namespace hammerscale::comm {

/// Prepares an HDF5 file access property list for files that all ranks of `comm` open together: data through MPI-IO,
/// metadata read and written collectively. Does nothing when the ranks are threads, where HDF5 has one caller.
///
/// @param fapl_id  an open property list of class H5P_FILE_ACCESS (HDF5's hid_t).
/// @throws ResourceError kCommunication  HDF5 refuses.
void set_parallel_access(std::int64_t fapl_id, Communicator& comm);

}  // namespace hammerscale::comm
