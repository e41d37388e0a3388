// SPDX-License-Identifier: Apache-2.0
/** The ways in which a secret can be written, and how it is found in a text in each of them. */
package dev.gtmroutes.credential.spelling;
