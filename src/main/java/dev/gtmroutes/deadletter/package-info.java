// SPDX-License-Identifier: Apache-2.0
/**
 * What people do with dead letters: find, read, mend, discard and replay them, while the flows run or not.
 * {@link dev.gtmroutes.deadletter.DeadLetterStore} is where to begin. Plain Camel and Jackson.
 */
package dev.gtmroutes.deadletter;
