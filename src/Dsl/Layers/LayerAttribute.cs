using System;

namespace Dsl;

/// <summary>A layer of a model. Layers run in the order in which they are written.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : Attribute;
