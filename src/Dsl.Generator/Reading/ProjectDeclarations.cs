using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Dsl.Generator.Declarations;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Reading;

/// <summary>What a project declares, and where.</summary>
/// <param name="Trees">The files that any declaration has a part in.</param>
internal sealed record ProjectDeclarations(
    ImmutableArray<Located<ModelDeclaration>> Models,
    ImmutableArray<Located<BlockDeclaration>> Blocks,
    ImmutableArray<Located<TrainerDeclaration>> Trainers,
    ImmutableArray<Located<AugmentationDeclaration>> Augmentations,
    ImmutableHashSet<SyntaxTree> Trees)
{
    /// <summary>Where every site stands.</summary>
    public IEnumerable<SiteLocation> Locations => Models.SelectMany(item => item.Locations).Concat(Blocks.SelectMany(item => item.Locations))
        .Concat(Trainers.SelectMany(item => item.Locations)).Concat(Augmentations.SelectMany(item => item.Locations));
}
