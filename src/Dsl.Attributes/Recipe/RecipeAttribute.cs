using System;

namespace Dsl;

/// <summary>A part of a trainer's recipe that stands beside optimizer and schedule.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public abstract class RecipeAttribute : Attribute;
