// SPDX-License-Identifier: Apache-2.0
/**
 * Which records of a file have an outcome, noted beside the file so that a crash of the program neither loses nor repeats
 * any. For each source whose input is a file: inbox, fragments of exports, pages. Plain Java, Camel API and Jackson.
 */
package dev.gtmroutes.progress;
