// SPDX-License-Identifier: Apache-2.0
/** The command line: what can be done without starting the program, beside or in the absence of a running one. */
package dev.gtmroutes.command;
