using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Reading;

/// <summary>What a project declares, and where.</summary>
/// <param name="Unreadable">The declarations that the reading itself failed on.</param>
/// <param name="UnreadablePlaces">Where they stand.</param>
/// <param name="Trees">The files that any declaration has a part in.</param>
internal sealed record ProjectDeclarations(
    ImmutableArray<Located<ModelDeclaration>> Models,
    ImmutableArray<Located<BlockDeclaration>> Blocks,
    ImmutableArray<Located<TrainerDeclaration>> Trainers,
    ImmutableArray<Located<AugmentationDeclaration>> Augmentations,
    ImmutableArray<Located<DatasetDeclaration>> Tables,
    ImmutableArray<Located<DatasetDeclaration>> ImageFolders,
    ImmutableArray<Finding> Unreadable,
    ImmutableArray<SiteLocation> UnreadablePlaces,
    ImmutableHashSet<SyntaxTree> Trees)
{
    /// <summary>Where every site stands.</summary>
    public IEnumerable<SiteLocation> Locations =>
        Models.SelectMany(item => item.Locations).Concat(Blocks.SelectMany(item => item.Locations))
        .Concat(Trainers.SelectMany(item => item.Locations)).Concat(Augmentations.SelectMany(item => item.Locations))
        .Concat(Tables.Concat(ImageFolders).SelectMany(item => item.Locations))
        .Concat(UnreadablePlaces);
}
