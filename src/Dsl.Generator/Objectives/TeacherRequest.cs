namespace Dsl.Generator.Objectives;

/// <summary>How an objective has the given teacher asked for its predictions.</summary>
/// <param name="Ensemble">How those of several become one; none for a single teacher.</param>
/// <param name="IsCached">Whether each sample is asked for once.</param>
/// <param name="Temperature">The attribute's property that softens the predictions whose arithmetic mean is taken.</param>
internal sealed record TeacherRequest(Ensemble Ensemble, bool IsCached, string Temperature);

/// <summary>A tagged value of the teacher that an objective reads.</summary>
/// <param name="Tag">Its name in the teacher.</param>
/// <param name="Argument">The argument that says so.</param>
/// <param name="Setting">The argument that can say otherwise.</param>
internal sealed record TeacherTag(string Tag, string Argument, string Setting);
