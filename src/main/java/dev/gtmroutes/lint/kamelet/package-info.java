// SPDX-License-Identifier: Apache-2.0
/**
 * Rules for Kamelets. A rule is one small class.
 */
package dev.gtmroutes.lint.kamelet;
