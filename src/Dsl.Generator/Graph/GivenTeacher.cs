namespace Dsl.Generator.Graph;

/// <summary>A teacher that is an argument of the trainer's constructor, in evaluation mode.</summary>
/// <param name="Type">Its class in generated code; that of each one of an ensemble.</param>
/// <param name="Ensemble">How the predictions of several become one.</param>
/// <param name="IsCached">Whether <c>Fit</c> asks it once for each sample.</param>
/// <param name="Temperature">The trainer's property that softens the predictions whose arithmetic mean is kept.</param>
internal sealed record GivenTeacher(string Type, Ensemble Ensemble = Ensemble.None, bool IsCached = false, string Temperature = "")
{
    /// <summary>The declared network whose tagged values objectives read; null when none does.</summary>
    public NetworkProgram? Features { get; init; }

    /// <summary>The class of a teacher that is not declared.</summary>
    public const string AnyModule = "nn.Module<Tensor, Tensor>";

    /// <summary>The role of answers that were asked for before.</summary>
    public const string CachedRole = "TeacherLogits";

    public bool IsEnsemble => Ensemble != Ensemble.None;

    /// <summary>The private field: the teacher, or all of them.</summary>
    public string Field => IsEnsemble ? "_givenTeachers" : "_givenTeacher";

    /// <summary>The argument of the constructor.</summary>
    public string Argument => IsEnsemble ? "teachers" : "teacher";
}
