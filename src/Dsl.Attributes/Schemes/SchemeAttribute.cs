using System;

namespace Dsl;

/// <summary>A way of training: the streams of data it reads, the networks it keeps, what happens after an update.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public abstract class SchemeAttribute : Attribute;
