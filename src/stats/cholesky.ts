/**
 * Cholesky factor of a symmetric matrix (row-major, `size` × `size`), in the lower triangle, in place. A column that depends on
 * those before it (pivot below `tolerance` of its diagonal) is switched off: its coefficient becomes 0.
 */
export function factorInPlace(matrix: Float64Array, size: number, tolerance = 1e-10): void {
  for (let j = 0; j < size; j++) {
    const diagonal = matrix[j * size + j]!
    let pivot = diagonal
    for (let k = 0; k < j; k++) pivot -= matrix[j * size + k]! ** 2
    const isDependent = !(pivot > tolerance * diagonal) || diagonal <= 0
    const root = isDependent ? 0 : Math.sqrt(pivot)
    matrix[j * size + j] = root
    for (let i = j + 1; i < size; i++) {
      let sum = matrix[i * size + j]!
      for (let k = 0; k < j; k++) sum -= matrix[i * size + k]! * matrix[j * size + k]!
      matrix[i * size + j] = isDependent ? 0 : sum / root
    }
  }
}

/** Solves L x = right in place, L from `factorInPlace`; switched-off places give 0. */
export function solveLowerInPlace(factor: Float64Array, size: number, right: Float64Array, at = 0): void {
  let first = 0
  while (first < size && right[at + first] === 0) first++
  for (let i = first; i < size; i++) {
    const root = factor[i * size + i]!
    let sum = right[at + i]!
    for (let k = first; k < i; k++) sum -= factor[i * size + k]! * right[at + k]!
    right[at + i] = root === 0 ? 0 : sum / root
  }
}

/** Solves L′ x = right in place. */
export function solveUpperInPlace(factor: Float64Array, size: number, right: Float64Array): void {
  for (let i = size - 1; i >= 0; i--) {
    const root = factor[i * size + i]!
    let sum = right[i]!
    for (let k = i + 1; k < size; k++) sum -= factor[k * size + i]! * right[k]!
    right[i] = root === 0 ? 0 : sum / root
  }
}
