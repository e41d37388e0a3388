/**
 * YAML files with line numbers, and what a finding in one looks like.
 */
package dev.gtmroutes.lint.yaml;
