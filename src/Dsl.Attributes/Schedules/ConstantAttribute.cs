namespace Dsl;

/// <summary>The learning rate stays what it is, after the warm-up.</summary>
public sealed class ConstantAttribute : ScheduleAttribute;
