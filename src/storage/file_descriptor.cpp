#include "hammerscale/storage/file_descriptor.hpp"

#include <unistd.h>

namespace hammerscale::storage {

FileDescriptor::~FileDescriptor() {
  if (descriptor_ >= 0) { ::close(descriptor_); }
}

}  // namespace hammerscale::storage
