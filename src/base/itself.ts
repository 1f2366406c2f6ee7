/** A class that extends it puts its private members on the object that it is given: no copy, comparison or JSON sees them. */
export class Itself {
  constructor(object: object) {
    // biome-ignore lint/correctness/noConstructorReturn: private members are put on what a constructor returns.
    return object
  }
}
