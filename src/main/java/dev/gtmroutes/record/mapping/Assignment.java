// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping;

import dev.gtmroutes.record.mapping.value.Expression;

/**
 * A line of a mapping.
 *
 * @param line 1-based
 */
record Assignment(int line, TargetPath target, Expression expression) {
}
