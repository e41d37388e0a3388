// SPDX-License-Identifier: Apache-2.0
/** Tells which dead letters have the same reason, although their texts differ in numbers, ids and quoted values. */
package dev.gtmroutes.deadletter.reason;
