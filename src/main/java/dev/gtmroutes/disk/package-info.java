// SPDX-License-Identifier: Apache-2.0
/**
 * Bytes that are on the disk when a method says so, and are found whole after a crash; and whether the clock can be trusted
 * by which old ones are deleted. Plain Java.
 */
package dev.gtmroutes.disk;
