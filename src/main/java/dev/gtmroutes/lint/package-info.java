// SPDX-License-Identifier: Apache-2.0
/**
 * Finds mistakes in Kamelets and flows before they run, each with file, line, cause and what to do about it.
 * A rule is one small class; {@link dev.gtmroutes.lint.kamelet.KameletLint} and {@link dev.gtmroutes.lint.flow.FlowLint}
 * list them. Plain Camel, Jackson and snakeyaml-engine, so that tests, the program and a console use the same rules.
 */
package dev.gtmroutes.lint;
