using System.Collections.Generic;
using Dsl.Generator.Declarations;

namespace Dsl.Generator.Programs;

/// <summary>What puts the gradients of several objectives together.</summary>
/// <param name="Name">The attribute that says so.</param>
/// <param name="Field">The state whose method <c>Backward</c> adds the gradient, of the objectives and of other terms.</param>
/// <param name="Arguments">C# expressions behind these two.</param>
internal sealed record GradientCombination(string Name, string Field, string Arguments);

/// <summary>Samples of the past whose gradient is taken before that of a batch.</summary>
/// <param name="Name">The attribute that says so.</param>
/// <param name="Site">Where it stands.</param>
/// <param name="IsThere">Whether there are any, in C#.</param>
/// <param name="Parts">The parts of a batch of them, in the order of its constructor, in C#.</param>
/// <param name="Keep">What is done with their gradient, a statement.</param>
/// <param name="Apply">What is done with the batch's behind it, a statement.</param>
internal sealed record GradientMemory(
    string Name, Site Site, string IsThere, IReadOnlyList<string> Parts, string Keep, string Apply);

/// <summary>Where a gradient is taken, if not where the parameters are between two steps.</summary>
/// <param name="Name">The attribute that says so.</param>
/// <param name="Site">Where it stands.</param>
/// <param name="Comment">The place, for the generated method.</param>
/// <param name="Move">C# statements that move the parameters there, over a local <c>place</c> that puts them back.</param>
/// <param name="IsSecond">Whether the gradient where the parameters are is taken first, and read by the statements.</param>
internal sealed record GradientPlace(string Name, Site Site, string Comment, IReadOnlyList<string> Move, bool IsSecond);
