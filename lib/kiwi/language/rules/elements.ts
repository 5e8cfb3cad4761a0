import type { XmlElement } from "#lib/xml/tree.ts";
import type { Image } from "./image.ts";

/** All elements of a description below its root, in their order, those of included files among them. */
export function* elementsUnder(image: Image): Generator<XmlElement> {
  const pending = image.all(image.root).reverse();
  for (let element = pending.pop(); element !== undefined; element = pending.pop()) {
    yield element;
    const inner = image.all(element);
    for (let i = inner.length - 1; i >= 0; i--) pending.push(inner[i] as XmlElement);
  }
}
