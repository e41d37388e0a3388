// SPDX-License-Identifier: Apache-2.0
/** Bytes that are on the disk when a method says so, and are found whole after a crash. Plain Java. */
package dev.gtmroutes.disk;
