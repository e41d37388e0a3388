// SPDX-License-Identifier: Apache-2.0
/**
 * Threads that others depend on, and the end of a program that has no memory left.
 */
package dev.gtmroutes.thread;
