#pragma once

#include <boost/archive/binary_iarchive.hpp>
#include <boost/archive/binary_oarchive.hpp>
#include <boost/serialization/access.hpp>
#include <boost/serialization/map.hpp>
#include <boost/serialization/string.hpp>
#include <boost/serialization/vector.hpp>

#include <exception>
#include <sstream>
#include <string>
#include <utility>

#include "hammerscale/serde/serde.hpp"

namespace hammerscale {

namespace serde_detail {

template <typename T>
concept BoostMember = requires(T& value, boost::archive::binary_oarchive& archive) {
  boost::serialization::access::serialize(archive, value, 0U);
};

}  // namespace serde_detail

/// Types with a Boost.Serialization member `serialize` (also a private one with boost::serialization::access as a
/// friend). Costs a stream and an archive a value: give hot types a Serde of their own.
template <typename T>
  requires(!Bitwise<T> && !serde_detail::FieldwiseAggregate<T> && serde_detail::BoostMember<T>)
struct Serde<T> {
  static std::size_t size(const T& value) { return Serde<std::string>::size(archive(value)); }
  static std::byte* write(std::byte* out, const T& value) { return Serde<std::string>::write(out, archive(value)); }
  static T read(Reader& reader) {
    std::istringstream stream(Serde<std::string>::read(reader));
    try {
      boost::archive::binary_iarchive in(stream, boost::archive::no_header);
      T value;
      in >> value;
      return value;
    } catch (const std::exception&) {
      // An archive that ends early, and lengths in it that no memory can hold.
      reader.fail_value("a Boost archive cannot be read");
    }
  }
  static std::size_t heap_bytes(const T& value) { return archive(value).size(); }

 private:
  static std::string archive(const T& value) {
    std::ostringstream stream;
    {
      boost::archive::binary_oarchive out(stream, boost::archive::no_header);
      out << value;
    }
    return std::move(stream).str();
  }
};

}  // namespace hammerscale
