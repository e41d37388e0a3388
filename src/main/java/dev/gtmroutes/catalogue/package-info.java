// SPDX-License-Identifier: Apache-2.0
/**
 * The catalogue: one file for each vendor says what is specific to its API and its endpoints, and the Kamelets are written
 * from it. What all of them have in common is in two texts on the classpath, {@code catalogue/api.kamelet.txt} and
 * {@code catalogue/sink.kamelet.txt}. Imports Camel and named libraries only.
 */
package dev.gtmroutes.catalogue;
