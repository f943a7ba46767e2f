#pragma once

#include <hdf5.h>

#include <mutex>
#include <utility>

namespace hammerscale {

/// The lock that every caller of HDF5 in this process holds: the library keeps global state and is not made for
/// threads. Silences the library's own printing of errors when first taken.
[[nodiscard]] std::unique_lock<std::mutex> lock_hdf5();

/// An HDF5 identifier and the function that closes it. Destroy it under lock_hdf5().
class Hdf5Handle {
 public:
  using Close = herr_t (*)(hid_t);

  Hdf5Handle() = default;
  Hdf5Handle(hid_t id, Close close) : id_(id), close_(close) {}
  Hdf5Handle(Hdf5Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}
  Hdf5Handle& operator=(Hdf5Handle&& other) noexcept {
    if (this != &other) {
      reset();
      id_ = std::exchange(other.id_, -1);
      close_ = other.close_;
    }
    return *this;
  }
  ~Hdf5Handle() { reset(); }

  [[nodiscard]] hid_t get() const noexcept { return id_; }
  [[nodiscard]] explicit operator bool() const noexcept { return id_ >= 0; }
  /// Closes it. @return what HDF5 said: files report here that their last bytes could not be written.
  herr_t reset() noexcept {
    if (id_ < 0) { return 0; }
    return close_(std::exchange(id_, -1));
  }

 private:
  hid_t id_ = -1;
  Close close_ = nullptr;
};

}  // namespace hammerscale
