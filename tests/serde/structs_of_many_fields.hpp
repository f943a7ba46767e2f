#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace hammerscale::testing {

// Plain structs of 1 to 17 fields that are no bitwise types.

struct Fields1 {
  std::string f0{};
  friend bool operator==(const Fields1&, const Fields1&) = default;
};

struct Fields2 {
  std::string f0{};
  std::int32_t f1{};
  friend bool operator==(const Fields2&, const Fields2&) = default;
};

struct Fields3 {
  std::string f0{};
  std::int32_t f1{};
  std::vector<double> f2{};
  friend bool operator==(const Fields3&, const Fields3&) = default;
};

struct Fields4 {
  std::string f0{};
  std::int32_t f1{};
  std::vector<double> f2{};
  std::string f3{};
  friend bool operator==(const Fields4&, const Fields4&) = default;
};

struct Fields5 {
  std::string f0{};
  std::int32_t f1{};
  std::vector<double> f2{};
  std::string f3{};
  std::int32_t f4{};
  friend bool operator==(const Fields5&, const Fields5&) = default;
};

struct Fields6 {
  std::string f0{};
  std::int32_t f1{};
  std::vector<double> f2{};
  std::string f3{};
  std::int32_t f4{};
  std::vector<double> f5{};
  friend bool operator==(const Fields6&, const Fields6&) = default;
};

struct Fields7 {
  std::string f0{};
  std::int32_t f1{};
  std::vector<double> f2{};
  std::string f3{};
  std::int32_t f4{};
  std::vector<double> f5{};
  std::string f6{};
  friend bool operator==(const Fields7&, const Fields7&) = default;
};

struct Fields8 {
  std::string f0{};
  std::int32_t f1{};
  std::vector<double> f2{};
  std::string f3{};
  std::int32_t f4{};
  std::vector<double> f5{};
  std::string f6{};
  std::int32_t f7{};
  friend bool operator==(const Fields8&, const Fields8&) = default;
};

struct Fields9 {
  std::string f0{};
  std::int32_t f1{};
  std::vector<double> f2{};
  std::string f3{};
  std::int32_t f4{};
  std::vector<double> f5{};
  std::string f6{};
  std::int32_t f7{};
  std::vector<double> f8{};
  friend bool operator==(const Fields9&, const Fields9&) = default;
};

struct Fields10 {
  std::string f0{};
  std::int32_t f1{};
  std::vector<double> f2{};
  std::string f3{};
  std::int32_t f4{};
  std::vector<double> f5{};
  std::string f6{};
  std::int32_t f7{};
  std::vector<double> f8{};
  std::string f9{};
  friend bool operator==(const Fields10&, const Fields10&) = default;
};

struct Fields11 {
  std::string f0{};
  std::int32_t f1{};
  std::vector<double> f2{};
  std::string f3{};
  std::int32_t f4{};
  std::vector<double> f5{};
  std::string f6{};
  std::int32_t f7{};
  std::vector<double> f8{};
  std::string f9{};
  std::int32_t f10{};
  friend bool operator==(const Fields11&, const Fields11&) = default;
};

struct Fields12 {
  std::string f0{};
  std::int32_t f1{};
  std::vector<double> f2{};
  std::string f3{};
  std::int32_t f4{};
  std::vector<double> f5{};
  std::string f6{};
  std::int32_t f7{};
  std::vector<double> f8{};
  std::string f9{};
  std::int32_t f10{};
  std::vector<double> f11{};
  friend bool operator==(const Fields12&, const Fields12&) = default;
};

struct Fields13 {
  std::string f0{};
  std::int32_t f1{};
  std::vector<double> f2{};
  std::string f3{};
  std::int32_t f4{};
  std::vector<double> f5{};
  std::string f6{};
  std::int32_t f7{};
  std::vector<double> f8{};
  std::string f9{};
  std::int32_t f10{};
  std::vector<double> f11{};
  std::string f12{};
  friend bool operator==(const Fields13&, const Fields13&) = default;
};

struct Fields14 {
  std::string f0{};
  std::int32_t f1{};
  std::vector<double> f2{};
  std::string f3{};
  std::int32_t f4{};
  std::vector<double> f5{};
  std::string f6{};
  std::int32_t f7{};
  std::vector<double> f8{};
  std::string f9{};
  std::int32_t f10{};
  std::vector<double> f11{};
  std::string f12{};
  std::int32_t f13{};
  friend bool operator==(const Fields14&, const Fields14&) = default;
};

struct Fields15 {
  std::string f0{};
  std::int32_t f1{};
  std::vector<double> f2{};
  std::string f3{};
  std::int32_t f4{};
  std::vector<double> f5{};
  std::string f6{};
  std::int32_t f7{};
  std::vector<double> f8{};
  std::string f9{};
  std::int32_t f10{};
  std::vector<double> f11{};
  std::string f12{};
  std::int32_t f13{};
  std::vector<double> f14{};
  friend bool operator==(const Fields15&, const Fields15&) = default;
};

struct Fields16 {
  std::string f0{};
  std::int32_t f1{};
  std::vector<double> f2{};
  std::string f3{};
  std::int32_t f4{};
  std::vector<double> f5{};
  std::string f6{};
  std::int32_t f7{};
  std::vector<double> f8{};
  std::string f9{};
  std::int32_t f10{};
  std::vector<double> f11{};
  std::string f12{};
  std::int32_t f13{};
  std::vector<double> f14{};
  std::string f15{};
  friend bool operator==(const Fields16&, const Fields16&) = default;
};

struct Fields17 {
  std::string f0{};
  std::int32_t f1{};
  std::vector<double> f2{};
  std::string f3{};
  std::int32_t f4{};
  std::vector<double> f5{};
  std::string f6{};
  std::int32_t f7{};
  std::vector<double> f8{};
  std::string f9{};
  std::int32_t f10{};
  std::vector<double> f11{};
  std::string f12{};
  std::int32_t f13{};
  std::vector<double> f14{};
  std::string f15{};
  std::int32_t f16{};
  friend bool operator==(const Fields17&, const Fields17&) = default;
};

}  // namespace hammerscale::testing
