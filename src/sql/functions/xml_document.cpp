#include "sql/functions/xml_document.hpp"

#include <libxml/parser.h>

#include <limits>

namespace hammerscale::sql {

XmlDocument parse_xml(std::string_view text) {
  if (text.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) { return nullptr; }
  XmlDocument document(xmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, "UTF-8",
                                     XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA));
  // Entities could stand for files, or grow without bound when they are put in place.
  if (document && document->intSubset != nullptr &&
      (document->intSubset->entities != nullptr || document->intSubset->pentities != nullptr)) {
    return nullptr;
  }
  return document && xmlDocGetRootElement(document.get()) != nullptr ? std::move(document) : nullptr;
}

std::string xml_name(const xmlNode* node, bool ignores_namespace) {
  std::string name;
  if (!ignores_namespace && node->ns != nullptr && node->ns->prefix != nullptr) {
    name = std::string(xml_text(node->ns->prefix)) + ":";
  }
  return name + std::string(xml_text(node->name));
}

std::string xml_content(const xmlNode* node) {
  xmlChar* content = xmlNodeGetContent(node);
  std::string out(xml_text(content));
  xmlFree(content);
  return out;
}

}  // namespace hammerscale::sql
