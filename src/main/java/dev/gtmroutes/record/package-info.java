// SPDX-License-Identifier: Apache-2.0
/**
 * Records as the bytes they came in: reading them from any accepted form, and leaving attributes out.
 * Plain Java, Camel API and Jackson, so that it serves any Camel runtime.
 */
package dev.gtmroutes.record;
