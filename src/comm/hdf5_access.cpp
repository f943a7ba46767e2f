#include "hammerscale/comm/hdf5_access.hpp"

#include <hdf5.h>

#include "comm/communicator_core.hpp"
#include "comm/mpi_backend.hpp"
#include "hammerscale/base/error.hpp"

namespace hammerscale::comm {
namespace {

void require(herr_t status, const char* call) {
  if (status < 0) { throw ResourceError(ErrorCode::kCommunication, "HDF5 refused parallel access", {{"call", call}}); }
}

}  // namespace

void set_parallel_access(std::int64_t fapl_id, Communicator& comm) {
  const auto* backend = dynamic_cast<const MpiBackend*>(comm.core()->backend.get());
  if (backend == nullptr) { return; }
  require(H5Pset_fapl_mpio(fapl_id, backend->native(), MPI_INFO_NULL), "H5Pset_fapl_mpio");
  require(H5Pset_all_coll_metadata_ops(fapl_id, true), "H5Pset_all_coll_metadata_ops");
  require(H5Pset_coll_metadata_write(fapl_id, true), "H5Pset_coll_metadata_write");
}

}  // namespace hammerscale::comm
