using System;

namespace Dsl;

/// <summary>What a stack is written with: layers, and what is said about their parameters.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public abstract class StackElementAttribute : Attribute;
