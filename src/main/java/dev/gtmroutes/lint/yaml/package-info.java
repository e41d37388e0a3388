// SPDX-License-Identifier: Apache-2.0
/**
 * YAML files with line numbers, and what a finding in one looks like.
 */
package dev.gtmroutes.lint.yaml;
