using System;

namespace Dsl;

/// <summary>A transformation of an augmentation policy. Its random numbers are members of the trainer's <c>Draws</c>.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class TransformationAttribute : Attribute;
