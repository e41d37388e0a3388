// SPDX-License-Identifier: Apache-2.0
/**
 * Rules for flows. A rule is one small class.
 */
package dev.gtmroutes.lint.flow;
